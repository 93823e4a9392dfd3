/** Clients and backends on raw sockets that tests talk to the gateway with. */
package dev.gatehouse.testkit;
