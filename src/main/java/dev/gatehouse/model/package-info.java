/**
 * What the user wrote, as values: one immutable record per Application Gateway object, named with Azure's singular,
 * references already resolved to the objects they name. The records' Javadoc is the manual's text for each setting.
 * Nothing here does anything; equality is by value, so two configurations can be compared part by part.
 */
@NullMarked
package dev.gatehouse.model;

import org.jspecify.annotations.NullMarked;
