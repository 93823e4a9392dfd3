package dev.gatehouse.model;

/**
 * Everything one start needs: the gateway as Azure has it and what this machine supplies. Members that the local file
 * adds to pools are already in the gateway's pools. Immutable.
 *
 * @param gateway what Azure has
 * @param local what this machine supplies
 */
public record GatewayConfiguration(Gateway gateway, LocalSettings local) {}
