package dev.gatehouse.container;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access to parts of a container that its API hides. Stateless. */
final class Reflection {
    private static final Logger LOG = LoggerFactory.getLogger(Reflection.class);

    private Reflection() {}

    /** Reads a field that a class or one above it declares. */
    static MethodHandle getter(Class<?> type, String name) throws ReflectiveOperationException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return MethodHandles.lookup().unreflectGetter(field);
                }
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + name);
    }

    /** Calls a public method without parameters. */
    static MethodHandle method(Class<?> type, String name) throws ReflectiveOperationException {
        Method method = type.getMethod(name);
        method.setAccessible(true); // the class that declares it may be hidden
        return MethodHandles.lookup().unreflect(method);
    }

    /** Calls a method without parameters that a class or one above it declares, public or not. */
    static MethodHandle hidden(Class<?> type, String name) throws ReflectiveOperationException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    return MethodHandles.lookup().unreflect(method);
                }
            }
        }
        throw new NoSuchMethodException(type.getName() + "." + name);
    }

    /** Says that something the container hides could not be done; the portable way remains. */
    static boolean failed(String what, Throwable cause) {
        LOG.warn("this container does not let us {}", what, cause);
        return false;
    }
}
