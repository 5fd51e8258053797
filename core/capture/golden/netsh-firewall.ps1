# Captures network traffic with netsh trace: Firewall drops.
# Written by Hopscope. It installs nothing, and changes nothing that it does not put back.
#
#   .\capture-netsh.ps1                  starts, waits for Enter, stops and gathers
#   .\capture-netsh.ps1 -Action Start    starts, and returns
#   .\capture-netsh.ps1 -Action Stop     stops and gathers: as the user who started
#
# Run it as administrator. Where scripts are not allowed: powershell -ExecutionPolicy Bypass -File FILE
[CmdletBinding()]
param(
    [ValidateSet('Run', 'Start', 'Stop')]
    [string] $Action = 'Run',
    # For a program that runs this script: told of each phase, and looked for in place of Enter.
    [string] $StatusFile = '',
    [string] $StopFile = ''
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$traceFile = [Environment]::ExpandEnvironmentVariables('C:\Traces\%COMPUTERNAME%_vNetTrace.etl')
$traceFolder = [IO.Path]::GetDirectoryName($traceFile)
$bundleFolder = [IO.Path]::Combine($traceFolder, [IO.Path]::GetFileNameWithoutExtension($traceFile) + '-bundle')
$stateFile = "$traceFile.started.txt"
$megabytes = 1024
$bytesOfMegabyte = 1048576
$user = [Security.Principal.WindowsIdentity]::GetCurrent()
$started = ''
$result = $traceFile
$parts = $null

function Write-Phase {
    param([string] $Phase, [string] $Words)
    Write-Host $Words
    if ($StatusFile -ne '') { [IO.File]::AppendAllText($StatusFile, "$Phase|$Words`r`n") }
}

function Assert-Administrator {
    $principal = New-Object Security.Principal.WindowsPrincipal $user
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'Only an administrator can capture. Open PowerShell with "Run as administrator", and run this again.'
    }
}

# A network drive is too slow, and what is written to it would be captured too.
function Assert-LocalDisk {
    $root = [IO.Path]::GetPathRoot($traceFile)
    if ($root.StartsWith('\\') -and -not $root.StartsWith('\\?\') -and -not $root.StartsWith('\\.\')) {
        throw "$traceFile lies on another machine. Choose a folder on a local disk."
    }
    if ($root.StartsWith('\\')) { return }
    $drive = New-Object IO.DriveInfo $root
    if ($drive.DriveType -eq [IO.DriveType]::Network) { throw "$root is a network drive. Choose a local disk." }
    if ($drive.AvailableFreeSpace -lt $megabytes * $bytesOfMegabyte) {
        throw "$root has $([Math]::Floor($drive.AvailableFreeSpace / $bytesOfMegabyte)) MB free, and the trace may take $megabytes MB."
    }
}

# A trace of an earlier run is kept under another name.
function Move-EarlierTrace {
    if (-not (Test-Path -LiteralPath $traceFile)) { return }
    $time = [IO.File]::GetLastWriteTime($traceFile).ToString('yyyyMMdd-HHmmss')
    $kept = [IO.Path]::ChangeExtension($traceFile, ".$time.etl")
    Move-Item -LiteralPath $traceFile -Destination $kept -Force
    Write-Host "The trace of an earlier run is now $kept"
}

# Runs a program, shows what it says, and takes a code other than 0 for a failure.
function Invoke-Program {
    param([string] $Program, [string[]] $Words)
    $ErrorActionPreference = 'Continue'
    Write-Host "> $Program $Words"
    & $Program @Words 2>&1 | ForEach-Object { Write-Host "  $_" }
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with code $LASTEXITCODE. What it said stands above." }
}

# What a program says. Windows PowerShell takes a word on its error output for a failure, which it is not.
function Read-Program {
    param([string] $Program, [string[]] $Words)
    $ErrorActionPreference = 'Continue'
    & $Program @Words 2>&1 | Out-String
}

# The trace file that the program says it writes, whatever the language it says it in.
function Find-TraceFile {
    param([string] $Program, [string[]] $Words)
    $said = Read-Program -Program $Program -Words $Words
    if ($said -match '(?im)([a-z]:\\[^\r\n"]*\.etl)') { $Matches[1] }
}

function Assert-Tool {
    if (-not (Get-Command -Name 'netsh.exe' -ErrorAction SilentlyContinue)) { throw 'This Windows has no netsh.' }
}

function Get-RunningCapture {
    Find-TraceFile -Program 'netsh.exe' -Words 'trace', 'show', 'status'
}

function Start-Tool {
    $words = @(
        'trace'
        'start'
        'capture=yes'
        'overwrite=yes'
        'maxsize=1024'
        'report=disabled'
        "tracefile=$traceFile"
        'provider=Microsoft-Windows-WFP'
        'keywords=0xffffffffffffffff'
        'level=0xff'
        'provider=Microsoft-Windows-Windows Firewall With Advanced Security'
        'keywords=0xffffffffffffffff'
        'level=0xff'
        'capturetype=both'
    )
    Invoke-Program -Program 'netsh.exe' -Words $words
}

function Stop-Tool {
    Invoke-Program -Program 'netsh.exe' -Words 'trace', 'stop'
}

# UTF-8 without a byte order mark, on every version of PowerShell.
function Write-Utf8 {
    param([string] $Path, [string] $Text)
    [IO.File]::WriteAllText($Path, $Text, (New-Object System.Text.UTF8Encoding $false))
}

# Objects of texts, numbers and lists of texts: all that a reader elsewhere can use of them.
function Select-Plain {
    param([string[]] $Property)
    process {
        $row = New-Object PSObject
        foreach ($name in $Property) {
            $value = $null
            if ($_.PSObject.Properties[$name]) { $value = $_.$name }
            if ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) {
                $value = @($value | ForEach-Object { [string] $_ })
            } elseif ($null -ne $value -and $value -isnot [bool] -and $value -isnot [int]) {
                $value = [string] $value
            }
            Add-Member -InputObject $row -MemberType NoteProperty -Name $name -Value $value
        }
        $row
    }
}

# Runs a command and keeps its output in a file of the bundle; a command that is absent or fails is noted, no more.
function Save-Part {
    param([string] $File, [string] $Command, [string] $Needs, [scriptblock] $Read, [switch] $AsJson)
    $part = @{ file = $File; command = $Command; state = 'gathered' }
    if (-not (Get-Command -Name $Needs -ErrorAction SilentlyContinue)) {
        $part.state = 'absent'
    } else {
        try {
            $output = @(& $Read)
            if ($AsJson) { $text = ConvertTo-Json -InputObject $output -Depth 3 }
            else { $text = ($output | Out-String -Width 1000).Trim() }
            Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, $File.Replace('/', '\'))) -Text $text
        } catch {
            $part.state = 'failed'
            $part.error = [string] $_
        }
    }
    [void] $script:parts.Add((New-Object PSObject -Property $part))
}

function Save-Bundle {
    Write-Phase 'gathering' 'Gathering names of adapters and switches, and the layouts of events.'
    if (Test-Path -LiteralPath $bundleFolder) { Remove-Item -LiteralPath $bundleFolder -Recurse -Force }
    [void] [IO.Directory]::CreateDirectory([IO.Path]::Combine($bundleFolder, 'schemas'))
    $script:parts = New-Object System.Collections.ArrayList
    Save-Part -File 'get-netadapter.json' -Command 'Get-NetAdapter -IncludeHidden' -Needs 'Get-NetAdapter' -AsJson -Read { Get-NetAdapter -IncludeHidden | Select-Plain -Property 'Name', 'InterfaceDescription', 'ifIndex', 'InterfaceGuid', 'MacAddress', 'PermanentAddress' }
    Save-Part -File 'get-vmnetworkadapter.json' -Command 'Get-VMNetworkAdapter -All' -Needs 'Get-VMNetworkAdapter' -AsJson -Read { Get-VMNetworkAdapter -All | Select-Plain -Property 'Name', 'VMName', 'VMId', 'Id', 'AdapterId', 'DeviceId', 'IsManagementOs', 'MacAddress', 'SwitchName', 'SwitchId', 'IPAddresses' }
    Save-Part -File 'get-vmswitch.json' -Command 'Get-VMSwitch' -Needs 'Get-VMSwitch' -AsJson -Read { Get-VMSwitch | Select-Plain -Property 'Name', 'Id', 'SwitchType', 'NetAdapterInterfaceDescription' }
    Save-Part -File 'get-hnsendpoint.json' -Command 'Get-HnsEndpoint' -Needs 'Get-HnsEndpoint' -AsJson -Read { Get-HnsEndpoint | Select-Plain -Property 'ID', 'Name', 'MacAddress', 'IPAddress', 'VirtualNetwork', 'VirtualNetworkName', 'SharedContainers' }
    Save-Part -File 'get-hnsnetwork.json' -Command 'Get-HnsNetwork' -Needs 'Get-HnsNetwork' -AsJson -Read { Get-HnsNetwork | Select-Plain -Property 'ID', 'Name', 'Type' }
    Save-Part -File 'pktmon-list.txt' -Command 'pktmon list --all' -Needs 'pktmon.exe' -Read { pktmon.exe list --all }
    Save-Part -File 'ipconfig.txt' -Command 'ipconfig /all' -Needs 'ipconfig.exe' -Read { ipconfig.exe /all }
    Save-Part -File 'schemas/Microsoft-Windows-WFP.json' -Command 'Get-WinEvent -ListProvider Microsoft-Windows-WFP | ConvertTo-Json -Depth 6' -Needs 'Get-WinEvent' -Read { Get-WinEvent -ListProvider Microsoft-Windows-WFP | ConvertTo-Json -Depth 6 }
    Save-Part -File 'schemas/Microsoft-Windows-Windows_Firewall_With_Advanced_Security.json' -Command 'Get-WinEvent -ListProvider ''Microsoft-Windows-Windows Firewall With Advanced Security'' | ConvertTo-Json -Depth 6' -Needs 'Get-WinEvent' -Read { Get-WinEvent -ListProvider 'Microsoft-Windows-Windows Firewall With Advanced Security' | ConvertTo-Json -Depth 6 }
    Move-Item -LiteralPath $traceFile -Destination $bundleFolder -Force
    Save-Manifest
    Compress-Bundle
}

# What the bundle holds, and the machine that it is of.
function Save-Manifest {
    $zone = [TimeZoneInfo]::Local
    $windows = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $update = ''
    if ($windows.PSObject.Properties['UBR']) { $update = ".$($windows.UBR)" }
    $machine = New-Object PSObject -Property @{
        computer = [Environment]::MachineName
        system = [string] $windows.ProductName
        build = "$([Environment]::OSVersion.Version.ToString(3))$update"
        timeZone = $zone.Id
        utcOffsetMinutes = [int] $zone.GetUtcOffset([DateTime]::Now).TotalMinutes
    }
    $manifest = New-Object PSObject -Property @{
        format = 'hopscope-bundle'
        version = 1
        tool = 'netsh'
        started = $script:started
        stopped = [DateTimeOffset]::Now.ToString('o')
        traces = @([IO.Path]::GetFileName($traceFile))
        parts = @($script:parts)
    }
    if (-not (Get-Command -Name ConvertTo-Json -ErrorAction SilentlyContinue)) {
        Write-Warning 'This PowerShell writes no JSON: the bundle has its files, but no list of them.'
        return
    }
    Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, 'machine.json')) -Text (ConvertTo-Json -InputObject $machine)
    Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, 'hopscope-bundle.json')) -Text (ConvertTo-Json -InputObject $manifest -Depth 4)
}

# .NET's own zip, for Compress-Archive refuses files of 2 GB. The folder stays where it cannot be packed.
function Compress-Bundle {
    $archive = "$bundleFolder.zip"
    $script:result = $bundleFolder
    try {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        if (Test-Path -LiteralPath $archive) { Remove-Item -LiteralPath $archive -Force }
        [IO.Compression.ZipFile]::CreateFromDirectory($bundleFolder, $archive, [IO.Compression.CompressionLevel]::Fastest, $false)
        Remove-Item -LiteralPath $bundleFolder -Recurse -Force
        $script:result = $archive
    } catch {
        Write-Warning "The bundle was not packed ($_). Take the folder instead."
    }
}

function Start-Capture {
    $running = @(Get-RunningCapture)
    if ($running -contains $traceFile) {
        Write-Phase 'capturing' "This capture runs already and writes $traceFile"
        return
    }
    if ($running.Count -gt 0) {
        throw "Windows captures packets once at a time, and a capture runs already: $($running[0])"
    }
    [void] [IO.Directory]::CreateDirectory($traceFolder)
    Assert-LocalDisk
    Move-EarlierTrace
    Start-Tool
    $script:started = [DateTimeOffset]::Now.ToString('o')
    [IO.File]::WriteAllText($stateFile, "$($user.Name)`r`n$script:started`r`n")
    Write-Phase 'capturing' "Capturing to $traceFile"
}

function Stop-Capture {
    if (Test-Path -LiteralPath $stateFile) {
        $state = [IO.File]::ReadAllLines($stateFile)
        $script:started = $state[1]
        if ($state[0] -ne $user.Name) {
            Write-Warning "$($state[0]) started this capture. Windows may refuse to let $($user.Name) stop it."
        }
    }
    if (@(Get-RunningCapture) -contains $traceFile) {
        Write-Phase 'stopping' 'Stopping.'
        Stop-Tool
    } else {
        Write-Host 'No capture of this script runs.'
    }
    if (-not (Test-Path -LiteralPath $traceFile)) {
        $gathered = @("$bundleFolder.zip", $bundleFolder) | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
        if (-not $gathered) { throw "There is no trace at $traceFile" }
        Write-Phase 'done' $gathered
        return
    }
    Save-Bundle
    if (Test-Path -LiteralPath $stateFile) { Remove-Item -LiteralPath $stateFile -Force }
    Write-Phase 'done' $result
}

function Wait-ForStop {
    if ($StopFile -eq '') {
        [void] (Read-Host 'Make the problem happen, then press Enter to stop')
        return
    }
    while (-not (Test-Path -LiteralPath $StopFile)) { Start-Sleep -Milliseconds 500 }
}

try {
    Assert-Administrator
    Assert-Tool
    if ($Action -ne 'Stop') { Start-Capture }
    if ($Action -eq 'Run') { Wait-ForStop }
    if ($Action -ne 'Start') { Stop-Capture }
} catch {
    Write-Phase 'failed' "It did not work: $($_.Exception.Message)"
    exit 1
}
