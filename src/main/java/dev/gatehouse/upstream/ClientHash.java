package dev.gatehouse.upstream;

/** Hashes for rendezvous hashing (REQ-36): the same on every instance and after every restart. Stateless. */
final class ClientHash {
    private static final double UNIT = 0x1.0p-52;

    private ClientHash() {}

    /** FNV-1a over the characters of a text. */
    static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** What a member bids for a client: of two members the one of weight n wins n times as many clients. */
    static double bid(long client, long member, int weight) {
        double chance = ((mixed(client ^ mixed(member)) >>> 12) + 0.5) * UNIT; // between 0 and 1, never either
        return -weight / Math.log(chance);
    }

    // The last step of SplitMix64: every bit of the input moves half of those of the output.
    private static long mixed(long value) {
        long next = value + 0x9e3779b97f4a7c15L;
        next = (next ^ (next >>> 30)) * 0xbf58476d1ce4e5b9L;
        next = (next ^ (next >>> 27)) * 0x94d049bb133111ebL;
        return next ^ (next >>> 31);
    }
}
