/**
 * Bodies, or parts of them, kept for a while: first in memory, then in temporary files that nobody sees and that do not
 * outlive the process (REQ-7).
 */
@NullMarked
package dev.gatehouse.spool;

import org.jspecify.annotations.NullMarked;
