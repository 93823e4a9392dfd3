package dev.gatehouse.bench;

/**
 * What the load generator is asked to do; one line on its standard input. Immutable.
 *
 * @param benchCase shape of the traffic
 * @param port where the proxy listens on 127.0.0.1
 * @param connections connections or sessions, each with {@code depth} requests or messages under way
 * @param depth messages under way per session; 1 for HTTP
 * @param millis length of the measured window, or of the silence of idle sessions
 * @param proxyPid process whose CPU time and memory are measured, children included
 * @param proxyCore core whose other users are reported, or -1 when nothing is pinned
 * @param backendPid process counted together with the load generator
 */
record LoadOrder(
        BenchCase benchCase,
        int port,
        int connections,
        int depth,
        long millis,
        long proxyPid,
        int proxyCore,
        long backendPid) {

    static LoadOrder parse(String line) {
        String[] part = line.split(" ", -1);
        return new LoadOrder(
                BenchCase.valueOf(part[0]),
                Integer.parseInt(part[1]),
                Integer.parseInt(part[2]),
                Integer.parseInt(part[3]),
                Long.parseLong(part[4]),
                Long.parseLong(part[5]),
                Integer.parseInt(part[6]),
                Long.parseLong(part[7]));
    }

    String line() {
        return "%s %d %d %d %d %d %d %d"
                .formatted(benchCase, port, connections, depth, millis, proxyPid, proxyCore, backendPid);
    }
}
