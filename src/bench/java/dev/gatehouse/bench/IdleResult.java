package dev.gatehouse.bench;

/**
 * What open, silent sessions cost the proxy; one line on the load generator's standard output. Immutable.
 *
 * @param sessions sessions that echoed before and after the silence
 * @param errors sessions that did not
 * @param firstError the first of them, or the empty string
 * @param residentKib growth of the resident set
 * @param heapKib growth of the live Java heap, or -1 if the proxy is no Java process
 */
record IdleResult(int sessions, int errors, String firstError, long residentKib, long heapKib) {
    static IdleResult parse(String line) {
        String[] part = line.split("\t", -1);
        return new IdleResult(
                Integer.parseInt(part[0]),
                Integer.parseInt(part[1]),
                part[2],
                Long.parseLong(part[3]),
                Long.parseLong(part[4]));
    }

    String line() {
        return "%d\t%d\t%s\t%d\t%d"
                .formatted(sessions, errors, firstError.replaceAll("\\s+", " "), residentKib, heapKib);
    }
}
