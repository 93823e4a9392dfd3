/**
 * The filters that check a request, match it to a route and forward HTTP: one pass on the container's thread, streaming
 * both ways.
 */
@NullMarked
package dev.gatehouse.proxy;

import org.jspecify.annotations.NullMarked;
