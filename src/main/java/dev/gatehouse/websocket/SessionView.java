package dev.gatehouse.websocket;

import java.time.Duration;
import java.util.Optional;

/**
 * A session as operators see it while it is open. Immutable.
 *
 * @param id id of the exchange that it began with
 * @param mode how it is carried: bridge or relay
 * @param client address and port of the client
 * @param listener name of the listener
 * @param rule name of the rule
 * @param pool name of the pool
 * @param member the backend
 * @param subprotocol chosen by the backend, or empty
 * @param generation number of the configuration that it began with
 * @param age since it is open
 * @param idle since a frame that is not the gateway's own was seen
 * @param messagesIn whole messages from the client
 * @param messagesOut whole messages to the client
 * @param receivedBytes payload from the client
 * @param sentBytes payload to the client
 * @param clientRtt time of the last ping to the client and back; empty if none came back
 * @param backendRtt the same for the backend
 * @param isEnding whether a side was told goodbye
 */
public record SessionView(
        String id,
        String mode,
        String client,
        String listener,
        String rule,
        String pool,
        String member,
        String subprotocol,
        long generation,
        Duration age,
        Duration idle,
        long messagesIn,
        long messagesOut,
        long receivedBytes,
        long sentBytes,
        Optional<Duration> clientRtt,
        Optional<Duration> backendRtt,
        boolean isEnding) {}
