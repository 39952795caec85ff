namespace MfaPlan.Sandbox.Http;

/// <summary>The two faces of Graph, which differ in routes and in properties.</summary>
[Flags]
internal enum ApiVersion
{
    None = 0,
    V1 = 1,
    Beta = 2,
    Both = V1 | Beta,
}
