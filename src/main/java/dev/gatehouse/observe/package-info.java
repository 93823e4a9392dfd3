/**
 * What operators see of exchanges and health: log lines now, with the cause of every failure in plain words. Hears of
 * events through interfaces of the rooms below.
 */
@NullMarked
package dev.gatehouse.observe;

import org.jspecify.annotations.NullMarked;
