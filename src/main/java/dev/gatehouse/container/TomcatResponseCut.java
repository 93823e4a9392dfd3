package dev.gatehouse.container;

import dev.gatehouse.exchange.ResponseCut;
import java.io.IOException;
import org.apache.coyote.CloseNowException;

/** Tomcat's own exception for an answer that must not end cleanly: it cuts the connection and logs no trace. Stateless. */
public final class TomcatResponseCut implements ResponseCut {
    /** For {@link java.util.ServiceLoader}. */
    public TomcatResponseCut() {}

    @Override
    public boolean isAvailable() {
        try {
            Class.forName("org.apache.coyote.CloseNowException", false, TomcatResponseCut.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // another container
        }
    }

    @Override
    public IOException toException(String words) {
        return Thrown.with(words);
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Thrown {
        static IOException with(String words) {
            return new CloseNowException(words);
        }
    }
}
