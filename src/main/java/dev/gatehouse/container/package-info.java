/**
 * What only one container can do, behind interfaces of the rooms that want it, found by {@link java.util.ServiceLoader}.
 * Everything here may be absent at run time: no other room names it.
 */
@NullMarked
package dev.gatehouse.container;

import org.jspecify.annotations.NullMarked;
