package dev.gatehouse.upstream;

import java.io.IOException;

/** What the one who writes a request's body tells, and asks, the connection it goes to. Confined to one exchange. */
public interface BodyProgress {
    /** A body that goes nowhere yet. */
    BodyProgress UNWATCHED = new BodyProgress() {
        @Override
        public void writing(boolean isWriting) {}

        @Override
        public boolean isRefused() {
            return false;
        }

        @Override
        public void abort() {}
    };

    /**
     * To be called around every write, so that one that never ends is noticed (REQ-40).
     *
     * @param isWriting true before the write, false after it
     */
    void writing(boolean isWriting);

    /**
     * Whether the backend has answered already that it does not want the body (RFC 9110 §10.1.1, RFC 9112 §9.5).
     *
     * @return true if the rest need not be sent
     * @throws IOException if the connection is broken
     */
    boolean isRefused() throws IOException;

    /** No more of the body comes, though it is not at its end: nothing that looks like its end can be sent any more. */
    void abort();
}
