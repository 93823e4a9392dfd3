/**
 * Key material and trust turned into what JSSE needs: keystores for listeners, contexts and engines for backends. The
 * only room that reads keys; no secret leaves it as text.
 */
@NullMarked
package dev.gatehouse.tls;

import org.jspecify.annotations.NullMarked;
