package dev.gatehouse.websocket;

/**
 * Tells whether bytes that come in pieces are UTF-8 (RFC 3629, RFC 6455 §8.1): no overlong forms, no surrogates,
 * nothing above U+10FFFF. Finds a fault at the first wrong byte. Confined to one direction of one session.
 */
final class Utf8Validator {
    private int missing; // bytes the begun character still needs
    private int seen; // bytes of it that came
    private int low = 0x80; // smallest and largest allowed next byte
    private int high = 0xBF;

    /**
     * Reads on.
     *
     * @return false if the bytes cannot be text
     */
    boolean accept(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (missing == 0) {
                while (i < to && bytes[i] >= 0) {
                    i++;
                }
                if (i == to) {
                    return true;
                }
                if (!begin(bytes[i++] & 0xFF)) {
                    return false;
                }
            } else if (!go(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean begin(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return false;
        }
        missing = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        seen = 1;
        low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    private boolean go(int next) {
        if (next < low || next > high) {
            return false;
        }
        low = 0x80;
        high = 0xBF;
        missing--;
        seen = missing == 0 ? 0 : seen + 1;
        return true;
    }

    /** Whether the text may end here. */
    boolean isComplete() {
        return missing == 0;
    }

    /** How many of the bytes read last belong to a character that is not complete: 0-3. */
    int unfinishedBytes() {
        return missing == 0 ? 0 : seen;
    }
}
