/**
 * What would become of a request, without sending it: the data plane's own decisions asked about a request that was only
 * described, and for each of them the place in the files that decided it.
 */
@NullMarked
package dev.gatehouse.explain;

import org.jspecify.annotations.NullMarked;
