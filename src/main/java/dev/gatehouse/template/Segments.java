package dev.gatehouse.template;

import java.util.ArrayList;
import java.util.List;

/** The parts of types and names between slashes; a slash in a hole divides nothing. Confined to one call. */
final class Segments {
    private final List<String> segments = new ArrayList<>();
    private int length;

    static List<String> of(String text) {
        Segments segments = new Segments();
        segments.add(text);
        return segments.segments;
    }

    void add(String text) {
        // A private-use character stands for the slashes that divide, as the ones in holes must stay.
        String divided = Holes.change(text, known -> known.replace('/', '\uE000'), hole -> hole);
        segments.addAll(List.of(divided.split("\uE000", -1)));
        length += text.length();
    }

    String get(int index) {
        return segments.get(index);
    }

    int size() {
        return segments.size();
    }

    int length() {
        return length;
    }
}
