package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run does. Immutable.
 *
 * @param cases shapes of traffic, in order; default all but https-1k
 * @param peers names of the proxies, in the order of a round; default all
 * @param rounds measured windows per proxy and case; default 3
 * @param warmUpSeconds load before the first window, per proxy and case; default 10
 * @param seconds length of a window; default 5
 * @param connections HTTP connections or WebSocket sessions; default 32
 * @param depth messages under way per session; default 1
 * @param idleSessions sessions of the idle case; default 2000
 * @param jar Gatehouse; default target/gatehouse.jar
 * @param jvmOptions options of the Java proxies; default none
 */
record BenchOptions(
        List<BenchCase> cases,
        List<String> peers,
        int rounds,
        int warmUpSeconds,
        int seconds,
        int connections,
        int depth,
        int idleSessions,
        Path jar,
        List<String> jvmOptions) {

    private static final int IDLE_SECONDS = 2;

    private static final String USAGE = """
            --cases LIST         of %s (default all but https-1k)
            --peers LIST         of gatehouse,gatehouse-log,gatehouse-relay,undertow,nginx,haproxy (default all)
            --rounds N           measured windows per proxy and case (default 3)
            --warmup SECONDS     load before the first window (default 10)
            --seconds SECONDS    length of a window (default 5)
            --connections N      HTTP connections or WebSocket sessions (default 32)
            --depth N            WebSocket messages under way per session (default 1)
            --idle-sessions N    (default 2000)
            --jar FILE           (default target/gatehouse.jar)
            --jvm OPTIONS        of the Java proxies, separated by commas (default none)
            """;

    static String usage() {
        return USAGE.formatted(BenchCase.ids());
    }

    static BenchOptions parse(Arguments arguments) {
        BenchOptions options = new BenchOptions(
                arguments
                        .list("cases", "get-1k,get-64k,post-64k,ws-128,ws-16k,ws-idle")
                        .map(BenchCase::of)
                        .toList(),
                arguments
                        .list("peers", "gatehouse,gatehouse-relay,undertow,nginx,haproxy")
                        .toList(),
                arguments.number("rounds", 3),
                arguments.number("warmup", 10),
                arguments.number("seconds", 5),
                arguments.number("connections", 32),
                arguments.number("depth", 1),
                arguments.number("idle-sessions", 2000),
                Path.of(arguments.text("jar", "target/gatehouse.jar")).toAbsolutePath(),
                arguments.list("jvm", "").toList());
        arguments.refuseUnknown();
        return options;
    }

    List<Peer> allPeers() {
        return List.of(
                GatehousePeer.plain(jar, jvmOptions),
                GatehousePeer.logging(jar, jvmOptions),
                GatehousePeer.relaying(jar, jvmOptions),
                new UndertowPeer(jvmOptions),
                new NginxPeer(),
                new HaProxyPeer());
    }

    /** The peers asked for, in the order asked for. */
    List<Peer> chosenPeers() {
        return peers.stream().map(this::peer).toList();
    }

    private Peer peer(String name) {
        Stream<Peer> named = allPeers().stream().filter(peer -> peer.name().equals(name));
        return named.findFirst().orElseThrow(() -> new IllegalArgumentException("--peers: no peer is named " + name));
    }

    int connectionsOf(BenchCase benchCase) {
        return benchCase.traffic() == BenchCase.Traffic.IDLE ? idleSessions : connections;
    }

    int depthOf(BenchCase benchCase) {
        return benchCase.traffic() == BenchCase.Traffic.WEBSOCKET ? depth : 1;
    }

    int secondsOf(BenchCase benchCase) {
        return benchCase.traffic() == BenchCase.Traffic.IDLE ? IDLE_SECONDS : seconds;
    }
}
