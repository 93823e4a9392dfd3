/**
 * A request without sending it, step by step, and what differs between two configurations: everything here is computed
 * from the same model and the same route table that serve requests, and nothing here opens a connection.
 */
@NullMarked
package dev.gatehouse.explain;

import org.jspecify.annotations.NullMarked;
