package dev.gatehouse.rewrite;

import com.google.re2j.Matcher;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the groups of one rule's conditions have matched (REQ-31). Confined to one exchange. */
final class Captures {
    private final @Nullable String[][] groups;

    Captures(int conditions) {
        groups = new @Nullable String[conditions][];
    }

    /** Keeps what a condition's pattern has found. */
    void keep(int condition, Matcher found) {
        @Nullable String[] texts = new @Nullable String[found.groupCount() + 1];
        Arrays.setAll(texts, found::group);
        groups[condition] = texts;
    }

    /** What a group has matched; empty if nothing. */
    String of(int condition, int group) {
        @Nullable String @Nullable [] texts = groups[condition];
        @Nullable String text = texts == null || group >= texts.length ? null : texts[group];
        return text == null ? "" : text;
    }
}
