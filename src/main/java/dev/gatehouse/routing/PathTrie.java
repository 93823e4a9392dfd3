package dev.gatehouse.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Path patterns in match order, found in time proportional to the path and independent of their number (REQ-21): each
 * node knows the first pattern that ends there, so that "first in array order" is the smallest number met on the way.
 * ASCII letters compare without case. Filled once, then only read; safe for many readers after publication.
 */
final class PathTrie {
    private static final int NONE = Integer.MAX_VALUE;

    private final Node root = new Node();
    private int size;

    /** Adds the next pattern; its number is the count of patterns before it. */
    void add(String pattern) {
        boolean prefix = pattern.endsWith("*");
        int length = prefix ? pattern.length() - 1 : pattern.length();
        Node node = root;
        for (int i = 0; i < length; i++) {
            node = node.childOrNew(fold(pattern.charAt(i)));
        }
        if (prefix) {
            node.firstPrefix = Math.min(node.firstPrefix, size);
        } else {
            node.firstExact = Math.min(node.firstExact, size);
        }
        size++;
    }

    /** The number of the first pattern that matches, or -1. */
    int find(String path) {
        int first = root.firstPrefix;
        @Nullable Node node = root;
        for (int i = 0; i < path.length(); i++) {
            node = node.child(fold(path.charAt(i)));
            if (node == null) {
                return first == NONE ? -1 : first;
            }
            first = Math.min(first, node.firstPrefix);
        }
        first = Math.min(first, node.firstExact);
        return first == NONE ? -1 : first;
    }

    private static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    private static final class Node {
        private char[] keys = new char[0];
        private Node[] children = new Node[0];
        private int firstPrefix = NONE;
        private int firstExact = NONE;

        @Nullable
        Node child(char key) {
            int at = Arrays.binarySearch(keys, key);
            return at < 0 ? null : children[at];
        }

        Node childOrNew(char key) {
            int at = Arrays.binarySearch(keys, key);
            if (at >= 0) {
                return children[at];
            }
            int place = -at - 1;
            Node node = new Node();
            keys = Arrays.copyOf(keys, keys.length + 1);
            children = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(keys, place, keys, place + 1, keys.length - 1 - place);
            System.arraycopy(children, place, children, place + 1, children.length - 1 - place);
            keys[place] = key;
            children[place] = node;
            return node;
        }
    }
}
