package dev.gatehouse.document;

import org.jspecify.annotations.Nullable;

/** The way from the root of a tree to a node; shared between neighbours, written out only for a problem. Immutable. */
public final class Pointer {
    public static final Pointer ROOT = new Pointer(null, "", false);

    private final @Nullable Pointer parent;
    private final String step;
    private final boolean isIndex;

    private Pointer(@Nullable Pointer parent, String step, boolean isIndex) {
        this.parent = parent;
        this.step = step;
        this.isIndex = isIndex;
    }

    public Pointer member(String name) {
        return new Pointer(this, name, false);
    }

    public Pointer element(int index) {
        return new Pointer(this, Integer.toString(index), true);
    }

    /** Steps as a reader of the file thinks of them: Azure's {@code properties} wrappers say nothing and are left out. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        append(path);
        return path.toString();
    }

    private void append(StringBuilder path) {
        if (parent == null) {
            return;
        }
        parent.append(path);
        if (isIndex) {
            path.append('[').append(step).append(']');
        } else if (!isPlain(step)) {
            path.append("['").append(step).append("']");
        } else if (!step.equalsIgnoreCase("properties")) {
            path.append(path.length() == 0 ? "" : ".").append(step);
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
    }
}
