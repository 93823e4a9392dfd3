/** The threads that parts of the gateway own: named, and gone when their part is closed. */
@NullMarked
package dev.gatehouse.threads;

import org.jspecify.annotations.NullMarked;
