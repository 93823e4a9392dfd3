package dev.gatehouse.document;

import java.util.Collection;

/**
 * How deep and how large a value is. A part that is shared counts as often as it appears, so that a small file whose
 * parts repeat each other is seen as large as it reads. Immutable.
 *
 * @param depth of the deepest part, 1 for a value without parts
 * @param nodes how many values it consists of, itself included; stops growing at 2^40
 */
public record Extent(int depth, long nodes) {
    static final Extent LEAF = new Extent(1, 1);
    private static final long MOST = 1L << 40;

    static Extent around(Collection<? extends Node> parts) {
        int depth = 0;
        long nodes = 1;
        for (Node part : parts) {
            depth = Math.max(depth, part.extent().depth());
            nodes = Math.min(MOST, nodes + part.extent().nodes());
        }
        return new Extent(depth + 1, nodes);
    }
}
