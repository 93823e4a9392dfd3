/**
 * Asks every member of every pool, on schedule, whether it may take traffic: what is sent, what counts as an answer,
 * and what a run of answers makes of the member. Three kinds of threads, none per member: a timer that owns all state,
 * one for sockets, and two at most for name look-ups.
 */
@NullMarked
package dev.gatehouse.health;

import org.jspecify.annotations.NullMarked;
