/** Clients and backends on raw sockets that tests talk to the gateway with, and gateways made to size. */
package dev.gatehouse.testkit;
