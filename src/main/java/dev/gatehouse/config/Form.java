package dev.gatehouse.config;

import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the value of a property looks like in ARM's layout, as far as it is known. Immutable. */
sealed interface Form {
    /** A text, whatever it was written as. */
    record Text() implements Form {}

    /** A whole number. */
    record Whole() implements Form {}

    /** True or false. */
    record Flag() implements Form {}

    /**
     * One of several names, printed in the spelling given here (CFG-10).
     *
     * @param names as Azure prints them
     */
    record Choice(List<String> names) implements Form {}

    /**
     * A reference to an object of the same gateway.
     *
     * @param collection where the object is
     */
    record Reference(String collection) implements Form {}

    /** A reference to a resource beside the gateway. */
    record Outside() implements Form {}

    /** Something that is never printed (CFG-21). */
    record Secret() implements Form {}

    /** One member of a pool: an object in Azure's layout, sometimes a bare text (section 4.7). */
    record Member() implements Form {}

    /**
     * An object without a wrapper.
     *
     * @param properties in the order in which they are printed
     */
    record Plain(List<Property> properties) implements Form {}

    /**
     * An object with name, id, type and its settings under {@code properties}.
     *
     * @param properties in the order in which they are printed
     */
    record Named(List<Property> properties) implements Form {}

    /**
     * An array.
     *
     * @param element of every element
     */
    record Several(Form element) implements Form {}

    /**
     * One property.
     *
     * @param name in Azure's spelling
     * @param form of its value
     * @param otherwise what Gatehouse takes if the object does not say it; empty if nothing
     */
    record Property(String name, Form form, Function<ConfigObject, Optional<Fallback>> otherwise) {}

    /**
     * A value that stands for an absent one.
     *
     * @param type of the scalar
     * @param text of the scalar
     */
    record Fallback(ScalarNode.Type type, String text) {}

    Form TEXT = new Text();
    Form WHOLE = new Whole();
    Form FLAG = new Flag();
    Form OUTSIDE = new Outside();
    Form MEMBER = new Member();
    Form SECRET = new Secret();

    static Form choice(String... names) {
        return new Choice(List.of(names));
    }

    static Form reference(String collection) {
        return new Reference(collection);
    }

    static Form several(Form element) {
        return new Several(element);
    }

    static Form plain(Property... properties) {
        return new Plain(List.of(properties));
    }

    static Form named(Property... properties) {
        return new Named(List.of(properties));
    }

    static Property property(String name, Form form) {
        return new Property(name, form, object -> Optional.empty());
    }

    /** A property with the value that holds where the file is silent. */
    static Property property(String name, Form form, String otherwise) {
        return new Property(name, form, object -> Optional.of(fallback(form, otherwise)));
    }

    /** The same, where the value depends on the rest of the object. */
    static Property property(String name, Form form, Function<ConfigObject, Optional<String>> otherwise) {
        return new Property(name, form, object -> otherwise.apply(object).map(text -> fallback(form, text)));
    }

    /** Some properties and more of them, as one list. */
    static Property[] with(List<Property> first, Property... more) {
        List<Property> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(Property[]::new);
    }

    private static Fallback fallback(Form form, String text) {
        ScalarNode.Type type = form instanceof Whole
                ? ScalarNode.Type.NUMBER
                : form instanceof Flag ? ScalarNode.Type.BOOLEAN : ScalarNode.Type.TEXT;
        return new Fallback(type, text);
    }
}
