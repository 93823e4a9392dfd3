/**
 * One request with its answer, and the rules that HTTP and WebSocket share: what a backend is told about the client,
 * which headers belong to one hop only, and every way an exchange can fail.
 */
@NullMarked
package dev.gatehouse.exchange;

import org.jspecify.annotations.NullMarked;
