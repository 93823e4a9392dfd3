package dev.gatehouse.websocket;

/** Close codes and what becomes of them on their way through (RFC 6455 §7.4, {@code websocket.md} 5). Stateless. */
final class CloseCode {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int NO_STATUS = 1005;
    static final int ABNORMAL = 1006;
    static final int INVALID_PAYLOAD = 1007;
    static final int POLICY_VIOLATION = 1008;
    static final int TOO_BIG = 1009;
    static final int INTERNAL_ERROR = 1011;
    static final int TRY_AGAIN_LATER = 1013;
    static final int TLS_FAILURE = 1015;

    private CloseCode() {}

    /** Whether a code may stand in a Close frame. */
    static boolean maySend(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }

    /**
     * The code that the other side is told.
     *
     * @param code received from one side; {@link #NO_STATUS} if its Close was empty
     * @return a code that may be sent, or {@link #NO_STATUS} for an empty Close
     */
    static int relayed(int code) {
        if (code == NO_STATUS || maySend(code)) {
            return code;
        }
        return code == TLS_FAILURE ? INTERNAL_ERROR : PROTOCOL_ERROR;
    }
}
