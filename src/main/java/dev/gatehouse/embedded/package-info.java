/**
 * The runnable jar: the commands, and an embedded Tomcat whose connectors are the sockets that the listeners name. The
 * only room that prints, ends the process or configures logging.
 */
@NullMarked
package dev.gatehouse.embedded;

import org.jspecify.annotations.NullMarked;
