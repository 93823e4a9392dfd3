package dev.gatehouse.rewrite;

import dev.gatehouse.model.HeaderRewrite;
import dev.gatehouse.model.RewriteVariable;

/** Where the value of a variable comes from, looked up by name once per configuration. Stateless. */
@FunctionalInterface
interface ValueSource {
    /** The value now; empty if there is none (REQ-29). */
    String of(Message message);

    /** The source of a variable. */
    static ValueSource of(RewriteVariable variable) {
        String name = variable.name();
        return switch (variable.source()) {
            case REQUEST_HEADER -> ofRequest(name);
            case RESPONSE_HEADER -> message -> message.answerHeader(name);
            case SERVER -> ServerVariables.of(name);
        };
    }

    private static ValueSource ofRequest(String name) {
        if (name.equalsIgnoreCase("Host")) {
            return Message::host;
        }
        // What belongs to a connection is not forwarded, and so is not among the fields that are changed.
        return HeaderRewrite.isOfConnection(name)
                ? message -> message.received(name)
                : message -> message.requestHeader(name);
    }
}
