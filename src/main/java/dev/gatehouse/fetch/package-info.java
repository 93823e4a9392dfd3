/** Small documents from the web, bounded in time and size. */
@NullMarked
package dev.gatehouse.fetch;

import org.jspecify.annotations.NullMarked;
