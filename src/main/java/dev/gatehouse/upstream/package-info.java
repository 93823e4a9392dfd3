/**
 * The live side of pools: which members may take traffic, whose turn it is, and the connections to them. One
 * {@link dev.gatehouse.upstream.UpstreamPool} for each (pool, settings) pair, one
 * {@link dev.gatehouse.upstream.Upstream} for each member of it.
 */
@NullMarked
package dev.gatehouse.upstream;

import org.jspecify.annotations.NullMarked;
