/**
 * Gatehouse against its peers, on one machine. Every proxy runs alone on one core; the load generator and the backend
 * share the other. The figure to trust is CPU time of the proxy per 100,000 answers, as a ratio to nginx in the same run.
 */
package dev.gatehouse.bench;
