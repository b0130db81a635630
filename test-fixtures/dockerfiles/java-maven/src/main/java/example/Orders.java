package example;

public final class Orders {
}
