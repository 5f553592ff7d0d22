package dev.weft.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Objects of JDBC that pass calls on to others. */
final class Delegation {

    private Delegation() {}

    static <T> T proxy(Class<T> type, Wrapping handler) {
        return type.cast(Proxy.newProxyInstance(Delegation.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Passes calls on to {@code delegate} and wraps what they return. */
    abstract static class Wrapping implements InvocationHandler {

        private final Object delegate;

        Wrapping(Object delegate) {
            this.delegate = delegate;
        }

        /** Returns what a caller gets instead of {@code result}, which is not null. */
        abstract Object wrapped(Object result, Object proxy);

        /** Makes the call; a subclass may make it in some other way. */
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            return direct(method, arguments);
        }

        final @Nullable Object direct(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(delegate, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        @Override
        public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> arguments != null && isSame(proxy, arguments[0]);
                    case "hashCode" -> System.identityHashCode(delegate);
                    default -> "cancellable " + delegate;
                };
            }
            if (method.getName().equals("unwrap") && arguments != null && arguments[0] instanceof Class<?> wanted) {
                return wanted.isInstance(delegate) ? delegate : direct(method, arguments);
            }
            if (method.getName().equals("isWrapperFor")
                    && arguments != null
                    && arguments[0] instanceof Class<?> wanted) {
                return wanted.isInstance(delegate) || Boolean.TRUE.equals(direct(method, arguments));
            }
            var result = call(method, arguments);
            return result == null ? null : wrapped(result, proxy);
        }

        private boolean isSame(Object proxy, @Nullable Object other) {
            return other == proxy
                    || (other != null
                            && Proxy.isProxyClass(other.getClass())
                            && Proxy.getInvocationHandler(other) instanceof Wrapping wrapping
                            && wrapping.delegate == delegate);
        }
    }
}
