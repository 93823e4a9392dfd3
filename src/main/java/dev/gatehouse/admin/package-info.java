/**
 * What operators ask of a running gateway over HTTP, on an address of its own (product.md section 4): health, reports,
 * reload. Acts through interfaces that it owns and that the gateway implements.
 */
@NullMarked
package dev.gatehouse.admin;

import org.jspecify.annotations.NullMarked;
