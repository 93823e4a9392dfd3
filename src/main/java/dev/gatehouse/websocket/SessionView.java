package dev.gatehouse.websocket;

import dev.gatehouse.observe.SessionStart;
import java.time.Duration;
import java.util.Optional;

/**
 * A session as operators see it while it is open. Immutable.
 *
 * @param start how it came about
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
        SessionStart start,
        long generation,
        Duration age,
        Duration idle,
        long messagesIn,
        long messagesOut,
        long receivedBytes,
        long sentBytes,
        Optional<Duration> clientRtt,
        Optional<Duration> backendRtt,
        boolean isEnding) {
    static SessionView of(
            SessionOrigin origin,
            long lastFrameNanos,
            Traffic fromClient,
            Traffic fromBackend,
            Optional<Duration> clientRtt,
            Optional<Duration> backendRtt,
            boolean isEnding) {
        long now = System.nanoTime();
        return new SessionView(
                origin.start(),
                origin.generation(),
                Duration.ofNanos(now - origin.startNanos()),
                Duration.ofNanos(now - lastFrameNanos),
                fromClient.messages(),
                fromBackend.messages(),
                fromClient.bytes(),
                fromBackend.bytes(),
                clientRtt,
                backendRtt,
                isEnding);
    }
}
