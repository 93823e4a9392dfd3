/**
 * The gateway's listeners, rules and path maps compiled to a {@link dev.gatehouse.routing.RouteTable}: a pure function
 * from local socket, host and path to a route. No regular expression, no allocation per rule on the way of a request.
 */
@NullMarked
package dev.gatehouse.routing;

import org.jspecify.annotations.NullMarked;
