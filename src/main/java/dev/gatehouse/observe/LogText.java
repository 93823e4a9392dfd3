package dev.gatehouse.observe;

/** Text of others in lines of ours: bounded, and without anything that could forge a second line. Stateless. */
final class LogText {
    private LogText() {}

    static String shorten(String text, int most) {
        String part = text.length() <= most ? text : text.substring(0, most) + "...";
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < ' ' || part.charAt(i) == 127) {
                return part.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return part;
    }
}
