package dev.gatehouse.document;

/**
 * Where something stands in a file. Immutable.
 *
 * @param file the file's name
 * @param line from 1; 0 for the whole file
 * @param column from 1, in characters; 0 for the whole file
 * @param pointer the way to it
 * @param text the characters of the file, one string shared by all its places; empty if they are not at hand
 * @param start index in the text of the value's first character; for a string that is its quote
 */
public record Place(String file, int line, int column, Pointer pointer, String text, int start) {

    public Place(String file, int line, int column, Pointer pointer) {
        this(file, line, column, pointer, "", 0);
    }

    public static Place wholeFile(String file) {
        return new Place(file, 0, 0, Pointer.ROOT);
    }

    /** Where a file begins: of what is wrong with all that it holds. */
    public static Place start(String file) {
        return new Place(file, 1, 1, Pointer.ROOT);
    }

    /** The place of a member that is absent: the object's line, the member's path. */
    public Place member(String name) {
        return at(pointer.member(name));
    }

    /** The same line and column, known by another path. */
    public Place at(Pointer other) {
        return new Place(file, line, column, other, text, start);
    }

    /**
     * The place of one character of the string that stands here.
     *
     * @param index in the string's value, from 0
     * @return line and column in the file, escapes and raw line ends before it counted as they are written; this place
     *     itself if no string stands here
     */
    public Place inside(int index) {
        boolean isString = start >= 0 && start < text.length() && text.charAt(start) == '"';
        return isString ? SpelledText.of(this, index) : this;
    }

    public String path() {
        return pointer.toString();
    }

    /** Without the text, which may be megabytes. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + " " + path();
    }
}
