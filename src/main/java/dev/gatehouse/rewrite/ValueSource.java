package dev.gatehouse.rewrite;

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
            case REQUEST_HEADER -> message -> message.requestHeader(name);
            case RESPONSE_HEADER -> message -> message.answerHeader(name);
            case SERVER -> ServerVariables.of(name);
        };
    }
}
