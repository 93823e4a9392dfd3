package dev.gatehouse.exchange;

import java.time.Duration;

/**
 * Why a request or session must end, and when (REQ-37, WS-33). Immutable.
 *
 * @param why what went away, for operators
 * @param word what both peers are told of it; names nothing of ours
 * @param soonest sessions end no sooner, from now
 * @param latest all have ended then, from now
 */
public record Departure(String why, String word, Duration soonest, Duration latest) {
    /**
     * Room to end by itself for half of a time-out, then ends spread over the other half: clients that come back all at
     * once would hurt more than the change.
     *
     * @param why what went away
     * @param word what peers are told
     * @param timeout the drain time-out
     * @return a departure
     */
    public static Departure within(Duration timeout, String why, String word) {
        return new Departure(why, word, timeout.dividedBy(2), timeout);
    }

    /**
     * One instant between both limits.
     *
     * @param share from 0 to 1
     * @return from now
     */
    public Duration at(double share) {
        return soonest.plusNanos((long) (share * latest.minus(soonest).toNanos()));
    }
}
