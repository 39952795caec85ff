#pragma warning disable
namespace MfaPlan.Sandbox;
public sealed class SandboxServer : IAsyncDisposable { public static Task<SandboxServer> StartAsync(SandboxOptions o, CancellationToken c)=>throw new NotImplementedException(); public Uri BaseAddress=>null!; public string ShowTenant()=>""; public ValueTask DisposeAsync()=>default; }
public static class SandboxTenantFile { public static string Show(string a,string? b)=>""; public static void Advance(string a,string b,TimeSpan t){} }
