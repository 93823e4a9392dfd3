/**
 * What would become of a request, without sending it, and what differs between two configurations. Both ask the data
 * plane's own model, route table and decisions; for each decision about a request the place in the files that made it
 * is told. Nothing here opens a connection.
 */
@NullMarked
package dev.gatehouse.explain;

import org.jspecify.annotations.NullMarked;
