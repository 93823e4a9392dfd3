package dev.gatehouse.template;

final class Syntax {
    private Syntax() {}

    static boolean isExpression(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    static String unescape(String text) {
        return text.substring(1);
    }
}
