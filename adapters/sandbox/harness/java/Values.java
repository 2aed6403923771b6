package spool;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Between JSON and the types of a method's signature. */
final class Values {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_NODES = 1_000_000;

    /** What the harness says instead of an answer. */
    static final class Unanswerable extends RuntimeException {
        Unanswerable(String words) {
            super(words, null, false, false);
        }
    }

    private Values() {}

    // ---- from JSON ----

    static Object from(Object json, Type type) throws ReflectiveOperationException {
        if (type instanceof WildcardType wildcard) return from(json, wildcard.getUpperBounds()[0]);
        if (type instanceof TypeVariable<?> variable) return from(json, variable.getBounds()[0]);
        if (type instanceof GenericArrayType array) return array(json, array.getGenericComponentType());
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        Type[] arguments = type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
        if (raw.isArray()) return array(json, raw.getComponentType());
        if (raw == Optional.class) return json == null ? Optional.empty() : Optional.of(from(json, argument(arguments, 0)));
        if (json == null) {
            if (raw.isPrimitive()) throw mismatch(json, raw.getName());
            return null;
        }
        if (raw == boolean.class || raw == Boolean.class) return need(json, Boolean.class, "a boolean");
        if (raw == char.class || raw == Character.class) {
            String text = need(json, String.class, "a string of one character");
            if (text.length() != 1) throw mismatch(json, "a string of one character");
            return text.charAt(0);
        }
        if (raw == String.class || raw == CharSequence.class) return need(json, String.class, "a string");
        if (raw == int.class || raw == Integer.class) return (int) integer(json, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        if (raw == long.class || raw == Long.class) return integer(json, Long.MIN_VALUE, Long.MAX_VALUE, "long");
        if (raw == short.class || raw == Short.class) return (short) integer(json, Short.MIN_VALUE, Short.MAX_VALUE, "short");
        if (raw == byte.class || raw == Byte.class) return (byte) integer(json, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
        if (raw == double.class || raw == Double.class) return Double.parseDouble(number(json));
        if (raw == float.class || raw == Float.class) return Float.parseFloat(number(json));
        if (raw == BigInteger.class) return new BigDecimal(number(json)).toBigIntegerExact();
        if (raw == BigDecimal.class) return new BigDecimal(number(json));
        if (raw == Object.class || raw == Number.class) return natural(json);
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = make(raw, raw == Map.class || raw == LinkedHashMap.class ? LinkedHashMap.class : raw.isInterface() ? TreeMap.class : raw);
            for (Map.Entry<?, ?> each : ((Map<?, ?>) need(json, Map.class, "an object")).entrySet()) map.put(key((String) each.getKey(), argument(arguments, 0)), from(each.getValue(), argument(arguments, 1)));
            return map;
        }
        if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
            Class<?> kind = !raw.isInterface() ? raw : raw.isAssignableFrom(ArrayList.class) ? ArrayList.class : raw.isAssignableFrom(LinkedHashSet.class) ? LinkedHashSet.class : Set.class.isAssignableFrom(raw) ? TreeSet.class : raw.isAssignableFrom(ArrayDeque.class) ? ArrayDeque.class : LinkedList.class;
            Collection<Object> all = make(raw, kind);
            for (Object each : items(json)) all.add(from(each, argument(arguments, 0)));
            return all;
        }
        if (isNode(raw, "next")) return list(items(json), raw);
        if (isNode(raw, "left") && isNode(raw, "right")) return tree(items(json), raw);
        if (raw.isEnum()) {
            for (Object each : raw.getEnumConstants()) if (((Enum<?>) each).name().equals(json)) return each;
            throw mismatch(json, "one of the values of " + raw.getSimpleName());
        }
        if (raw.isRecord()) {
            RecordComponent[] parts = raw.getRecordComponents();
            List<Object> items = items(json);
            if (items.size() != parts.length) throw new Unanswerable("The record " + raw.getSimpleName() + " has " + parts.length + " fields and the test gives " + items.size() + ".");
            Class<?>[] types = new Class<?>[parts.length];
            Object[] values = new Object[parts.length];
            for (int index = 0; index < parts.length; index++) {
                types[index] = parts[index].getType();
                values[index] = from(items.get(index), parts[index].getGenericType());
            }
            return construct(raw, types, values);
        }
        throw new Unanswerable("A parameter of type " + raw.getSimpleName() + " cannot be made from JSON. Use numbers, boolean, String, arrays, List, Map, records, ListNode or TreeNode.");
    }

    private static Object construct(Class<?> raw, Class<?>[] types, Object[] values) throws ReflectiveOperationException {
        Constructor<?> made = raw.getDeclaredConstructor(types);
        made.setAccessible(true);
        return made.newInstance(values);
    }

    @SuppressWarnings("unchecked")
    private static <T> T make(Class<?> declared, Class<?> kind) throws ReflectiveOperationException {
        try {
            return (T) construct(kind, new Class<?>[0], new Object[0]);
        } catch (NoSuchMethodException error) {
            throw new Unanswerable("A parameter of type " + declared.getSimpleName() + " cannot be made from JSON.");
        }
    }

    private static Type argument(Type[] arguments, int index) {
        return index < arguments.length ? arguments[index] : Object.class;
    }

    private static Object key(String name, Type type) throws ReflectiveOperationException {
        return type == String.class || type == Object.class || type == Character.class ? from(name, type) : from(new Json.Num(name), type);
    }

    private static Object array(Object json, Type component) throws ReflectiveOperationException {
        if (json == null) return null;
        List<Object> items = items(json);
        Object array = Array.newInstance(rawOf(component), items.size());
        for (int index = 0; index < items.size(); index++) Array.set(array, index, from(items.get(index), component));
        return array;
    }

    private static Class<?> rawOf(Type type) {
        if (type instanceof Class<?> raw) return raw;
        if (type instanceof ParameterizedType generic) return (Class<?>) generic.getRawType();
        if (type instanceof GenericArrayType array) return Array.newInstance(rawOf(array.getGenericComponentType()), 0).getClass();
        return Object.class;
    }

    private static Object natural(Object json) throws ReflectiveOperationException {
        if (json instanceof Json.Num num) {
            try {
                long value = new BigDecimal(num.text()).longValueExact();
                if (value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE) return (int) value;
                return value;
            } catch (ArithmeticException error) {
                return Double.parseDouble(num.text());
            }
        }
        if (json instanceof List<?> items) {
            List<Object> all = new ArrayList<>();
            for (Object each : items) all.add(natural(each));
            return all;
        }
        if (json instanceof Map<?, ?> members) {
            Map<Object, Object> all = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : members.entrySet()) all.put(each.getKey(), natural(each.getValue()));
            return all;
        }
        return json;
    }

    private static long integer(Object json, long lowest, long highest, String type) {
        String text = number(json);
        try {
            long value = new BigDecimal(text).longValueExact();
            if (value >= lowest && value <= highest) return value;
        } catch (ArithmeticException error) {
            if (new BigDecimal(text).stripTrailingZeros().scale() > 0) throw new Unanswerable("The test gives " + text + ", which is no integer.");
        }
        throw new Unanswerable("The test gives " + text + ", which does not fit into " + type + ".");
    }

    private static String number(Object json) {
        return need(json, Json.Num.class, "a number").text();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> items(Object json) {
        return need(json, List.class, "an array");
    }

    private static <T> T need(Object json, Class<T> kind, String words) {
        if (kind.isInstance(json)) return kind.cast(json);
        throw mismatch(json, words);
    }

    private static Unanswerable mismatch(Object json, String wanted) {
        String got = json == null ? "null" : json instanceof Json.Num ? "a number" : json instanceof String ? "a string" : json instanceof Boolean ? "a boolean" : json instanceof List ? "an array" : "an object";
        return new Unanswerable("The test gives " + got + " where the method takes " + wanted + ".");
    }

    // ---- linked lists and trees ----

    static boolean isNode(Class<?> type) {
        return isNode(type, "next") || isNode(type, "left");
    }

    private static boolean isNode(Class<?> type, String link) {
        try {
            type.getDeclaredField("val");
            return type.getDeclaredField(link).getType() == type;
        } catch (NoSuchFieldException error) {
            return false;
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Object node(Class<?> type, Object json) throws ReflectiveOperationException {
        Field val = field(type, "val");
        Object value = from(json, val.getGenericType());
        Object node;
        try {
            node = construct(type, new Class<?>[0], new Object[0]);
        } catch (NoSuchMethodException error) {
            node = construct(type, new Class<?>[] {val.getType()}, new Object[] {value});
        }
        val.set(node, value);
        return node;
    }

    private static Object list(List<Object> items, Class<?> type) throws ReflectiveOperationException {
        Object head = null;
        for (int index = items.size() - 1; index >= 0; index--) {
            Object node = node(type, items.get(index));
            field(type, "next").set(node, head);
            head = node;
        }
        return head;
    }

    private static Object tree(List<Object> items, Class<?> type) throws ReflectiveOperationException {
        if (items.isEmpty() || items.get(0) == null) return null;
        Object root = node(type, items.get(0));
        Queue<Object> level = new ArrayDeque<>(List.of(root));
        for (int at = 1; at < items.size(); ) {
            Object parent = level.poll();
            if (parent == null) throw new Unanswerable("The tree has values below a missing node.");
            for (String side : new String[] {"left", "right"}) {
                Object json = at < items.size() ? items.get(at++) : null;
                if (json == null) continue;
                Object child = node(type, json);
                field(type, side).set(parent, child);
                level.add(child);
            }
        }
        return root;
    }

    // ---- to JSON ----

    static final class Writer {
        final StringBuilder text = new StringBuilder();
        boolean special;
        private final Map<Object, Boolean> above = new IdentityHashMap<>();

        void write(Object value) throws ReflectiveOperationException {
            if (value == null) text.append("null");
            else if (value instanceof Boolean || value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte || value instanceof BigInteger) text.append(value);
            else if (value instanceof Double || value instanceof Float) number(((Number) value).doubleValue(), value.toString());
            else if (value instanceof BigDecimal decimal) text.append(decimal);
            else if (value instanceof CharSequence || value instanceof Character) Json.quote(text, value.toString());
            else if (value instanceof Enum<?> constant) Json.quote(text, constant.name());
            else if (value instanceof Optional<?> optional) write(optional.orElse(null));
            else nested(value);
        }

        private void number(double value, String words) {
            if (Double.isFinite(value)) {
                text.append(words);
                return;
            }
            special = true;
            Json.quote(text, words);
        }

        private void nested(Object value) throws ReflectiveOperationException {
            if (above.put(value, true) != null) throw new Unanswerable("The value that was returned contains itself.");
            if (above.size() > MAX_DEPTH) throw new Unanswerable("The value that was returned is nested too deeply.");
            Class<?> type = value.getClass();
            if (value instanceof Map<?, ?> map) {
                text.append('{');
                String comma = "";
                for (Map.Entry<?, ?> each : map.entrySet()) {
                    text.append(comma);
                    comma = ",";
                    Json.quote(text, String.valueOf(each.getKey()));
                    text.append(':');
                    write(each.getValue());
                }
                text.append('}');
            } else if (value instanceof int[] numbers) {
                text.append('[');
                for (int index = 0; index < numbers.length; index++) text.append(index > 0 ? "," : "").append(numbers[index]);
                text.append(']');
            } else if (type.isArray()) {
                text.append('[');
                for (int index = 0; index < Array.getLength(value); index++) {
                    if (index > 0) text.append(',');
                    write(Array.get(value, index));
                }
                text.append(']');
            } else if (value instanceof Iterable<?> all) {
                all(value instanceof PriorityQueue<?> queue ? new ArrayList<>(queue) : all);
            } else if (type.isRecord()) {
                List<Object> parts = new ArrayList<>();
                for (RecordComponent part : type.getRecordComponents()) {
                    part.getAccessor().setAccessible(true);
                    parts.add(part.getAccessor().invoke(value));
                }
                all(parts);
            } else if (isNode(type, "next")) list(value, type);
            else if (isNode(type, "left") && isNode(type, "right")) tree(value, type);
            else throw new Unanswerable("A value of type " + type.getSimpleName() + " has no JSON form. Return numbers, booleans, strings, arrays, lists, maps or records.");
            above.remove(value);
        }

        private void all(Iterable<?> values) throws ReflectiveOperationException {
            text.append('[');
            String comma = "";
            for (Object each : values) {
                text.append(comma);
                comma = ",";
                write(each);
            }
            text.append(']');
        }

        private void list(Object head, Class<?> type) throws ReflectiveOperationException {
            Map<Object, Boolean> seen = new IdentityHashMap<>();
            List<Object> values = new ArrayList<>();
            for (Object node = head; node != null; node = field(type, "next").get(node)) {
                if (seen.put(node, true) != null) throw new Unanswerable("The list that was returned runs in a circle.");
                if (seen.size() > MAX_NODES) throw new Unanswerable("The list that was returned has more than a million nodes.");
                values.add(field(type, "val").get(node));
            }
            all(values);
        }

        private void tree(Object root, Class<?> type) throws ReflectiveOperationException {
            Map<Object, Boolean> seen = new IdentityHashMap<>();
            List<Object> values = new ArrayList<>();
            Deque<Optional<Object>> level = new ArrayDeque<>(List.of(Optional.of(root)));
            int last = 0;
            while (!level.isEmpty()) {
                Object node = level.poll().orElse(null);
                if (node == null) {
                    values.add(null);
                    continue;
                }
                if (seen.put(node, true) != null) throw new Unanswerable("The tree that was returned has a node in two places.");
                if (seen.size() > MAX_NODES) throw new Unanswerable("The tree that was returned has more than a million nodes.");
                values.add(field(type, "val").get(node));
                last = values.size();
                level.add(Optional.ofNullable(field(type, "left").get(node)));
                level.add(Optional.ofNullable(field(type, "right").get(node)));
            }
            all(values.subList(0, last));
        }
    }
}
