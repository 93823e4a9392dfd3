package dev.gatehouse.document;

/**
 * Where something stands in a file. Immutable.
 *
 * @param file the file's name
 * @param line from 1; 0 for the whole file
 * @param column from 1, in characters; 0 for the whole file
 * @param pointer the way to it
 */
public record Place(String file, int line, int column, Pointer pointer) {

    public static Place wholeFile(String file) {
        return new Place(file, 0, 0, Pointer.ROOT);
    }

    /** Where a file begins: of what is wrong with all that it holds. */
    public static Place start(String file) {
        return new Place(file, 1, 1, Pointer.ROOT);
    }

    /** The place of a member that is absent: the object's line, the member's path. */
    public Place member(String name) {
        return new Place(file, line, column, pointer.member(name));
    }

    /** The same line and column, known by another path. */
    public Place at(Pointer other) {
        return new Place(file, line, column, other);
    }

    public String path() {
        return pointer.toString();
    }
}
