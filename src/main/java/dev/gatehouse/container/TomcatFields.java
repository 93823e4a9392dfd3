package dev.gatehouse.container;

import dev.gatehouse.exchange.AnswerFields;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.RequestFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.http.MimeHeaders;

/** Tomcat keeps the fields of requests and answers in lists, which its connectors fill and send as they are. Thread-safe. */
public final class TomcatFields implements RequestFields, AnswerFields {
    private final AtomicBoolean isHidden = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public TomcatFields() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request) && !isHidden.get();
    }

    @Override
    public boolean tell(HttpServletRequest request, HeaderSink sink) {
        Object fields;
        try {
            fields = Lists.received(request);
        } catch (Throwable e) {
            return hidden(e);
        }
        Lists.copy(fields, sink);
        return true;
    }

    @Override
    public void add(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        try {
            Lists.add(request, name, value);
        } catch (Throwable e) {
            hidden(e);
            response.addHeader(name, value);
        }
    }

    @Override
    public void reason(HttpServletRequest request, String phrase) {
        // Tomcat sends none.
    }

    private boolean hidden(Throwable cause) {
        isHidden.set(true); // said once, not for every request
        return Reflection.failed("read and write header fields as they are", cause);
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Lists {
        static Object received(HttpServletRequest request) throws Throwable {
            return TomcatRequests.coyote(request).getMimeHeaders();
        }

        static void copy(Object received, HeaderSink sink) {
            MimeHeaders fields = (MimeHeaders) received;
            for (int i = 0; i < fields.size(); i++) {
                sink.add(fields.getName(i).toString(), fields.getValue(i).toString());
            }
        }

        static void add(HttpServletRequest request, String name, String value) throws Throwable {
            TomcatRequests.coyote(request)
                    .getResponse()
                    .getMimeHeaders()
                    .addValue(name)
                    .setString(value);
        }
    }
}
