package dev.gatehouse.upstream;

/** Asked again and again while a backend is silent. Called by the thread that waits. */
@FunctionalInterface
public interface Patience {
    /**
     * Whether anybody still wants the answer.
     *
     * @return false to end the wait with an {@link AbandonedException}
     */
    boolean isWorthWaiting();
}
