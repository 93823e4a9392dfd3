package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import java.util.List;

/**
 * A function that a template defines. It sees only its own parameters. Immutable.
 *
 * @param parameters names in order
 * @param output the expression or literal that gives its value, not yet evaluated
 */
record UserFunction(List<String> parameters, Node output) {}
