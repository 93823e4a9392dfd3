/**
 * Puts the rooms together: builds the snapshot of a configuration, starts probes, orders the filters, and ends all of it
 * with the application. The only room that makes objects of other rooms and hands them to each other.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
