package dev.gatehouse.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is measured: one shape of traffic. The constants' names double as words of the load generator's protocol. */
enum BenchCase {
    GET_1K("get-1k", "GET 1 KiB", Traffic.HTTP, 0, 1024),
    GET_64K("get-64k", "GET 64 KiB", Traffic.HTTP, 0, 65_536),
    POST_64K("post-64k", "POST 64 KiB", Traffic.HTTP, 65_536, 2),
    WS_128("ws-128", "WebSocket 128 B", Traffic.WEBSOCKET, 128, 128),
    WS_16K("ws-16k", "WebSocket 16 KiB", Traffic.WEBSOCKET, 16_384, 16_384),
    HTTPS_1K("https-1k", "HTTPS GET 1 KiB", Traffic.HTTPS, 0, 1024),
    WS_IDLE("ws-idle", "WebSocket idle", Traffic.IDLE, 128, 128);

    /** How the bytes travel. */
    enum Traffic {
        HTTP,
        HTTPS,
        WEBSOCKET,
        IDLE
    }

    private final String id;
    private final String title;
    private final Traffic traffic;
    private final int requestBytes;
    private final int answerBytes;

    BenchCase(String id, String title, Traffic traffic, int requestBytes, int answerBytes) {
        this.id = id;
        this.title = title;
        this.traffic = traffic;
        this.requestBytes = requestBytes;
        this.answerBytes = answerBytes;
    }

    static BenchCase of(String id) {
        return Arrays.stream(values())
                .filter(benchCase -> benchCase.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--cases: " + id + " (expected: " + ids() + ")"));
    }

    static String ids() {
        return Arrays.stream(values()).map(BenchCase::id).collect(Collectors.joining(","));
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Body of a request or payload of a message; 0 for a GET. */
    int requestBytes() {
        return requestBytes;
    }

    /** Body of the answer or payload of the echo; anything else is an error. */
    int answerBytes() {
        return answerBytes;
    }

    boolean usesWebSocket() {
        return traffic == Traffic.WEBSOCKET || traffic == Traffic.IDLE;
    }
}
